"""Drives the server with OpenAI's own client and prints what came, as one JSON document."""

import json
import sys

from openai import BadRequestError, OpenAI

client = OpenAI(base_url=sys.argv[1] + "/v1", api_key="none", max_retries=0)
hello = [{"role": "user", "content": "Say hello."}]
result = {}

answer = client.chat.completions.create(model="any", messages=hello, max_tokens=8, temperature=0)
result["chat"] = answer.choices[0].message.content
result["tokens"] = answer.usage.total_tokens

parts = []
with client.chat.completions.create(
    model="any",
    messages=hello,
    max_tokens=8,
    temperature=0,
    stream=True,
    stream_options={"include_usage": True},
) as stream:
    for chunk in stream:
        if chunk.choices and chunk.choices[0].delta.content:
            parts.append(chunk.choices[0].delta.content)
        if chunk.usage:
            result["streamed_tokens"] = chunk.usage.total_tokens
result["streamed"] = "".join(parts)

text = client.completions.create(model="any", prompt="1, 2, 3, 4,", max_tokens=6, temperature=0)
result["text"] = text.choices[0].text
result["models"] = [model.id for model in client.models.list()]

structured = client.chat.completions.create(
    model="any",
    messages=[{"role": "user", "content": "A colour, as JSON."}],
    max_tokens=200,
    temperature=0,
    response_format={
        "type": "json_schema",
        "json_schema": {
            "name": "colour",
            "schema": {"type": "object", "properties": {"colour": {"enum": ["red", "blue"]}}},
        },
    },
)
result["structured"] = json.loads(structured.choices[0].message.content)

try:
    client.chat.completions.create(model="any", messages=hello, max_tokens=-5)
except BadRequestError as error:
    result["error"] = str(error)

print(json.dumps(result))
