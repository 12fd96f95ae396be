"""A report as an RO-Crate by the profile Process Run Crate: what a library reads of it.

https://www.researchobject.org/workflow-run-crate/profiles/process_run_crate/ (version 0.5). The
profile's optional times are left out, so that the same inputs give the same bytes; the date of
publication is the software's release. An input that is not in the crate is named by its hash
(RFC 6920).
"""

import base64
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from sco_research.reports.software import software

FILE_NAME = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"

Entity: TypeAlias = dict[str, Any]

_BASE = "https://w3id.org/ro/crate/1.1"
_LICENCE = "https://spdx.org/licenses/MIT"
# Not from the machine's own table of types, which would change the bytes.
_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".txt": "text/plain",
    ".bib": "application/x-bibtex",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".ipynb": "application/x-ipynb+json",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".ris": "application/x-research-info-systems",
    ".tex": "application/x-tex",
}


def write(folder: Path, record: Mapping[str, Any], outputs: Mapping[str, str]) -> None:
    """Write ``ro-crate-metadata.json`` from a report's provenance and the hashes of its files."""
    inputs = list(_inputs(record))
    results = [_file(name, name, digest) for name, digest in outputs.items()]
    parameters = [
        {
            "@id": f"#parameter-{name}",
            "@type": "PropertyValue",
            "name": name,
            "value": value if isinstance(value, str | int | float) else json.dumps(value),
        }
        for name, value in record["parameters"].items()
    ]
    packages = [
        {
            "@id": f"#package-{name}",
            "@type": "SoftwareApplication",
            "name": name,
            "softwareVersion": number,
        }
        for name, number in {"Python": record["python"], **record["packages"]}.items()
    ]
    graph = [
        _descriptor(),
        _root(record, [*inputs, *results]),
        {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
        {"@id": _LICENCE, "@type": "CreativeWork", "name": "MIT License"},
        _action(record, [*inputs, *parameters], results),
        _instrument(packages),
        *_authors(),
        *inputs,
        *results,
        *parameters,
        *packages,
    ]
    context = [f"{_BASE}/context", "https://w3id.org/ro/terms/workflow-run/context"]
    text = json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=2)
    (folder / FILE_NAME).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _links(entities: Iterable[Entity]) -> list[dict[str, str]]:
    return [{"@id": entity["@id"]} for entity in entities]


def _title(record: Mapping[str, Any]) -> str:
    return f"{record['report'].capitalize()}: {record['document']['title']}"


def _descriptor() -> Entity:
    return {
        "@id": FILE_NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": _BASE},
        "about": {"@id": "./"},
    }


def _root(record: Mapping[str, Any], parts: list[Entity]) -> Entity:
    return {
        "@id": "./",
        "@type": "Dataset",
        "conformsTo": {"@id": PROFILE},
        "name": _title(record),
        "description": f"Report of the notebook {record['report']!r} on {record['document']['id']}",
        "datePublished": str(software().released),
        "license": {"@id": _LICENCE},
        "author": _links(_authors()),
        "identifier": f"inputs SHA-256 {record['inputs_sha256']}",
        "hasPart": _links(parts),
        "mentions": [{"@id": "#run"}],
    }


def _action(record: Mapping[str, Any], inputs: list[Entity], results: list[Entity]) -> Entity:
    return {
        "@id": "#run",
        "@type": "CreateAction",
        "name": f"Run of the notebook {record['report']!r}",
        "description": f"The notebook was run on {record['document']['id']} and its report written",
        "instrument": {"@id": "#sco_research"},
        "agent": _links(_authors()),
        "object": _links(inputs),
        "result": _links(results),
        "actionStatus": "http://schema.org/CompletedActionStatus",
    }


def _instrument(packages: list[Entity]) -> Entity:
    return {
        "@id": "#sco_research",
        "@type": "SoftwareApplication",
        "name": "sco_research",
        "description": software().title,
        "softwareVersion": software().version,
        "softwareRequirements": _links(packages),
    }


def _authors() -> list[Entity]:
    return [
        {"@id": f"#author-{place}", "@type": "Organization", "name": name}
        for place, name in enumerate(software().authors, start=1)
    ]


def _inputs(record: Mapping[str, Any]) -> Iterable[Entity]:
    document = record["document"]
    yield {
        **_file(_by_hash(document["sha256"]), document["title"], document["sha256"]),
        "encodingFormat": "text/plain",
        **({"url": document["url"]} if document["url"] else {}),
    }
    found = [record["notebook"], *record["codebooks"], *record.get("profiles", ())]
    found += [record["bibliography"], record["lock"]]
    found += [part for part in record["look"].values() if isinstance(part, Mapping)]
    for digest, name in {part["sha256"]: part["name"] for part in found if part}.items():
        yield _file(_by_hash(digest), name, digest)


def _by_hash(digest: str) -> str:
    name = base64.urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")
    return f"ni:///sha-256;{name}"


def _file(identifier: str, name: str, digest: str) -> Entity:
    suffix = Path(name).suffix
    kind = _MEDIA_TYPES.get(suffix)
    return {
        "@id": identifier,
        "@type": "File",
        "name": name,
        "sha256": digest,
        **({"encodingFormat": kind} if kind else {}),
    }
