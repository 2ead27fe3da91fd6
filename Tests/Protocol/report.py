# SPDX-License-Identifier: MIT
"""Reports as posturectl writes them, against their schema and their article."""

import copy
import json
import os
import re
import subprocess

import jsonschema

UNTIL = "2026-11-27"
FHIR_SYSTEM = "urn:uuid:8d5c4a66-3b0e-4f0b-9a54-6f2f0c1f7e21"


def fail(what):
    raise SystemExit(f"report: {what}")


def control(bin, *arguments):
    done = subprocess.run([f"{bin}/posturectl", *arguments], check=True, capture_output=True)
    return done.stdout


def check_article(text, schema):
    """Every member of the schema has a line in its table, and no other has."""
    parts = re.split(r"^### (\w+)$", text, flags=re.M)[1:]
    tables = {name: re.findall(r"^\| `(\w+)`( \*)? \|", part, flags=re.M) for name, part in zip(parts[::2], parts[1::2])}
    if sorted(tables) != sorted(schema["$defs"]):
        fail(f"the article has {sorted(tables)}, the schema {sorted(schema['$defs'])}")
    for name, definition in schema["$defs"].items():
        there = [(member, " *" if member not in definition["required"] else "") for member in definition["properties"]]
        if tables[name] != there:
            fail(f"{name}: the article has {tables[name]}, the schema {there}")
    if FHIR_SYSTEM not in text:
        fail("the article does not name the code system")


def check_refusals(validator, document):
    """The control: what is wrong is refused."""
    for path, value in (
        (("version",), 2), (("figures", "worn_s"), -1), (("figures", "upright_pct"), 101), (("days",), []),
        (("probes_verdict",), "better"), (("days", 0, "date"), "27.11.2026"), (("quality", "surprise"), 1),
    ):
        wrong = copy.deepcopy(document)
        place = wrong
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value
        if validator.is_valid(wrong):
            fail(f"{'.'.join(map(str, path))}: {value!r} is not refused")


def check_fhir(bundle, document):
    if (bundle["resourceType"], bundle["type"]) != ("Bundle", "collection"):
        fail("the bundle is none")
    days = [entry["resource"] for entry in bundle["entry"]]
    if [day["effectiveDateTime"] for day in days] != [day["date"] for day in document["days"]]:
        fail("the observations are of other days")
    for day, row in zip(days, document["days"]):
        # R4, Observation, rule obs-6: a reason for absence goes without a value; here, without components.
        if ("dataAbsentReason" in day) == ("component" in day):
            fail(f"{day['effectiveDateTime']}: a reason and values, or neither")
        for part in day.get("component", []):
            if part["code"]["coding"][0]["system"] != FHIR_SYSTEM:
                fail(f"{part['code']}: not of our own code system")
            if part["code"]["coding"][0]["code"] == "worn" and part["valueQuantity"]["value"] != row["worn_s"]:
                fail(f"{day['effectiveDateTime']}: worn otherwise than in the document")


def check(bin, project, directory):
    documentation = os.path.join(project, "Sources/PostureReports/PostureReports.docc")
    with open(os.path.join(documentation, "report.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    with open(os.path.join(documentation, "ReportFormat.md"), encoding="utf-8") as file:
        check_article(file.read(), schema)
    validator = jsonschema.Draft202012Validator(schema)
    weeks = os.path.join(directory, "weeks")
    control(bin, "demo", "-o", weeks, "--until", UNTIL)
    database = os.path.join(weeks, "history.db")
    documents = 0
    for options in (["--until", UNTIL], ["--until", UNTIL, "--weeks", "1"], ["--until", "2020-01-10"]):
        text = control(bin, "report", "--database", database, "-o", "-", "--format", "json", *options)
        document = json.loads(text)
        errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]
        if errors:
            fail("; ".join(errors)[:1000])
        fhir = control(bin, "report", "--database", database, "-o", "-", "--format", "fhir", *options)
        check_fhir(json.loads(fhir), document)
        table = control(bin, "report", "--database", database, "-o", "-", "--format", "csv", *options).decode().splitlines()
        if [line.split(",")[0] for line in table[1:]] != [day["date"] for day in document["days"]]:
            fail("the table is of other days")
        if documents == 0:
            check_refusals(validator, document)
        documents += 1
    print(f"report: {documents} documents as the schema and the article have them")
