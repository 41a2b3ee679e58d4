"""JSON lines, which schemathesis doesn't know by itself."""

import json

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(_context, value):
    return json.dumps(value).encode() + b"\n"


@schemathesis.deserializer("application/x-ndjson")
def first(_context, response):
    """The first line, where each is JSON; all are described alike."""
    return [json.loads(line) for line in response.content.splitlines()][0]
