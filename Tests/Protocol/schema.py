# SPDX-License-Identifier: MIT
"""The schema of the socket protocol, and which of its members have been seen."""

import json

import jsonschema


class Schema:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.document = json.load(file)
        jsonschema.Draft202012Validator.check_schema(self.document)
        self.definitions = self.document["$defs"]
        self.seen = set()
        for kind in ("requests", "answers"):
            self.check_list(kind)

    def check_list(self, kind):
        """Every definition of a kind is in the list of it, and nothing else is."""
        listed = [one["$ref"] for one in self.definitions[kind]["oneOf"] if "$ref" in one]
        there = [f"#/$defs/{name}" for name in self.definitions if name.startswith(kind[:-1] + ".")]
        if sorted(listed) != sorted(there):
            raise SystemExit(f"schema: {kind}: listed are {listed}, defined are {there}")

    def errors(self, name, value):
        validator = jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": self.definitions})
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]

    def request(self, line):
        """What the schema has against a request, a bare word or an object."""
        try:
            value = json.loads(line) if line.startswith("{") else line
        except ValueError as error:
            return [str(error)]
        kind = value.get("class") if isinstance(value, dict) else value
        errors = self.errors("requests", value)
        if not errors:
            self.note(f"request.{kind}", value if isinstance(value, dict) else {"class": kind})
        return errors

    def answer(self, line):
        """The message in a line; one that the schema does not know ends the check."""
        message = json.loads(line)
        if not line.startswith('{"class":"'):
            raise SystemExit(f"protocol: the class is not the first member: {line}")
        name = f"answer.{message['class']}"
        errors = self.errors(name, message) if name in self.definitions else ["no such class"]
        if errors:
            raise SystemExit(f"protocol: {name}: {'; '.join(errors)}: {line[:1000]}")
        self.note(name, message)
        return message

    def note(self, name, value):
        self.seen.add((name, None))
        for member, inner in value.items():
            self.seen.add((name, member))
            kind = self.definitions[name]["properties"][member]
            reference = kind.get("$ref") or kind.get("items", {}).get("$ref")
            for part in (inner if isinstance(inner, list) else [inner]) if reference else []:
                self.note(reference.removeprefix("#/$defs/"), part)

    def unseen(self):
        known = set()
        for name, definition in self.definitions.items():
            if "properties" in definition:
                known |= {(name, None)} | {(name, member) for member in definition["properties"]}
        return known - self.seen
