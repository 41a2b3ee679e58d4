"""JSON lines, which schemathesis doesn't know by itself."""

import json

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(_context, value):
    return json.dumps(value).encode() + b"\n"


@schemathesis.deserializer("application/x-ndjson")
def first(_context, response):
    """The first line; each is described alike."""
    return json.loads(response.content.split(b"\n")[0])
