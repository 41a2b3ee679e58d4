"""Which keys does a record have?

The types of `schema/record.schema.json`, under its names; a test holds the two together. All keys are always there, with
`None` for what the text doesn't tell. `start` and `end` count as Python's strings do: the words of a span are
`text[span["start"]:span["end"]]`, where `text` is `record["article"]["text"]`.
"""

from typing import Literal, Optional, TypedDict


class TextSpan(TypedDict):
    """A place in the text."""

    start: int
    end: int
    text: str


class Producer(TypedDict):
    """Which program wrote a record."""

    version: str
    model_sha256: str


class ArticlePart(TypedDict):
    """An article's text and metadata."""

    input: Optional[str]
    url: Optional[str]
    outlet: Optional[str]
    title: Optional[str]
    byline: Optional[str]
    published: Optional[str]
    wire: Optional[str]
    language: Optional[str]
    text: str
    sha256: str
    headings: list[TextSpan]


class Mention(TextSpan):
    """A reference to an actor."""

    kind: Literal["name", "pronoun", "description"]


class Actor(TypedDict):
    """Who a source can be."""

    id: str
    name: Optional[str]
    kind: Literal["person", "state", "organisation", "outlet", "document", "group", "role", "unnamed"]
    titles: list[TextSpan]
    affiliations: list[TextSpan]
    parties: list[str]
    party_reason: Optional[str]
    members: list[str]
    mentions: list[Mention]


Act = Literal[
    "state",
    "report",
    "announce",
    "confirm",
    "deny",
    "admit",
    "believe",
    "ask",
    "demand",
    "urge",
    "promise",
    "threaten",
    "warn",
    "accuse",
    "criticise",
    "express-concern",
    "praise",
    "accept",
    "reject",
    "decline",
    "not-verify",
]


class Hand(TypedDict):
    """One hand that a statement passed through."""

    actor: str
    role: Literal["wire", "outlet", "document"]


class Addressee(TextSpan):
    """Who was told."""

    actor: Optional[str]


# `from` is no name that a class could have.
_Days = TypedDict("_Days", {"from": Optional[str], "to": Optional[str]})


class When(TextSpan, _Days):
    """When something was said: the first and last day that it can mean, as `2026-03-15`."""


class Hedge(TextSpan):
    """Words that lower certainty: that it was said, or what was said."""

    of: Literal["report", "content"]


class Standing(TextSpan):
    """What the text says of how a claim stands."""

    kind: Literal[
        "unverified",
        "denied",
        "disputed",
        "undetermined",
        "pending",
        "retracted",
        "confirmed",
        "declined-to-comment",
        "no-comment-yet",
        "comment-sought",
    ]
    by: Optional[str]
    scope: Optional[str]


class Attribution(TypedDict):
    """One statement and whose it is."""

    id: str
    source: Optional[TextSpan]
    actor: Optional[str]
    cue: Optional[TextSpan]
    content: list[TextSpan]
    form: Literal["direct", "indirect", "mixed"]
    act: Act
    negated: bool
    parent: Optional[str]
    chain: list[Hand]
    addressee: Optional[Addressee]
    medium: Optional[TextSpan]
    occasion: Optional[TextSpan]
    when: Optional[When]
    hedges: list[Hedge]
    status: list[Standing]
    loaded: bool
    confidence: float


class Figure(TextSpan):
    """A number that measures something."""

    value: float
    high: Optional[float]
    unit: str
    approx: Literal["exact", "about", "under", "over", "at-least", "at-most"]
    what: Optional[str]
    of: Optional[str]
    as_of: Optional[When]
    attributed_to: Optional[str]


class Issue(TypedDict):
    """A point in dispute."""

    id: str
    name: str
    mentions: list[TextSpan]


Stance = Literal[
    "supports",
    "opposes",
    "demands",
    "offers",
    "accepts",
    "accepts-in-part",
    "rejects",
    "conditional",
    "accuses",
    "concerned",
    "undecided",
    "silent",
]


class Position(TypedDict):
    """What parties hold on an issue."""

    parties: list[str]
    issue: str
    stance: Stance
    detail: str
    start: int
    end: int
    attributions: list[str]


class Version(TypedDict):
    """One version of a proposal."""

    label: str
    mentions: list[TextSpan]
    said: list[TextSpan]


class Receipt(TypedDict):
    """Whether a proposal reached somebody."""

    party: str
    received: bool
    version: Optional[str]
    attribution: str


class Response(TypedDict):
    """What a party makes of a proposal."""

    party: str
    stance: Stance
    detail: str
    attributions: list[str]


class Proposal(TypedDict):
    """Something under discussion that somebody put forward."""

    name: str
    proposed_by: Optional[str]
    mentions: list[TextSpan]
    versions: list[Version]
    received: list[Receipt]
    responses: list[Response]


class OwnVoice(TextSpan):
    """What the outlet states itself."""

    hedges: list[Hedge]


class Record(TypedDict):
    """All that was found in one article."""

    schema: str
    producer: Producer
    article: ArticlePart
    actors: list[Actor]
    attributions: list[Attribution]
    figures: list[Figure]
    dates: list[When]
    issues: list[Issue]
    positions: list[Position]
    proposals: list[Proposal]
    unbound: list[Standing]
    own_voice: list[OwnVoice]
    notes: list[str]
