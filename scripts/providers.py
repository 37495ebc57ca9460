"""Turns an API price list into packages/core/src/data/providers.json. Usage: providers.py LLM_APIS.csv > providers.json

What a vendor says about where it hosts is prose, so it was read by a person once: READ holds the prose and the reading
side by side. When the prose of the list changes, the script stops until somebody has read it again.
"""

import csv
import json
import sys

EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
EFTA = "CH IS LI NO".split()
CLOUD_ACT = "18 U.S.C. 2713 (CLOUD Act s. 103(a)) reaches whom US jurisdiction reaches, wherever the data is"
KOYEB = {"source": "koyeb.com/docs/reference/regions (search excerpt)", "asOf": "2026-11-21"}
RUNPOD = {
    "source": "skypilot-catalog v8 runpod (data-centre codes); runpod docs @a900806 pods/networking.mdx",
    "centres": {
        "CA": "CA-MTL-1 to CA-MTL-4",
        "CZ": "EU-CZ-1",
        "DK": "EU-DK-1",
        "FR": "EU-FR-1",
        "NL": "EU-NL-1",
        "RO": "EU-RO-1",
        "SE": "EU-SE-1, EU-SE-2",
        "IS": "EUR-IS-1 to EUR-IS-5",
        "NO": "EUR-NO-1, EUR-NO-2",
        "IN": "AP-IN-1, AP-IN-2",
        "JP": "AP-JP-1",
        "AU": "OC-AU-1",
        "SG": "SEA-SG-1",
        "US": "those whose code begins with US",
    },
}
LAMBDA = (
    "asia-northeast-1 asia-northeast-2 asia-south-1 australia-east-1 europe-central-1 europe-south-1 me-west-1 "
    "us-east-1 us-east-2 us-east-3 us-midwest-1 us-south-1 us-south-2 us-south-3 us-west-1 us-west-2 us-west-3"
)


def countries(*names, **facets):
    return {"facets": {facet: sorted(names) for facet in ("storage", "processing")}, **facets}


def processing(*names, **rest):
    return {"facets": {"processing": sorted(names)}, **rest}


def lambda_region(code):
    if not code.startswith(("us-", "australia-")):
        return {"note": f"region {code}; its country is named in nothing seen"}
    return countries("US" if code.startswith("us-") else "AU", note=f"region {code}, as its code names the country")


ANY = {"note": "the vendor chooses where"}
READ = {
    "mistral": {
        "name": "Mistral AI",
        "prose": "default endpoint: global; EU endpoint api.eu.mistral.ai (data centres in EU and EFTA countries); "
        "US endpoint api.us.mistral.ai",
        "choices": {
            "global": ANY,
            "eu": processing(*EU, *EFTA, url="https://api.eu.mistral.ai/v1", note="the control plane is not regional"),
            "us": processing("US", url="https://api.us.mistral.ai/v1", note="the control plane is not regional"),
        },
    },
    "anthropic": {
        "name": "Anthropic",
        "prose": 'global by default; "us" selectable; no EU inference geo on the first-party API '
        "(use Bedrock EU / Vertex EU / Foundry instead)",
        "choices": {
            "global": ANY,
            "us": processing("US", note="inference_geo us; what is stored follows the workspace's own setting"),
        },
    },
    "groq": {
        "name": "Groq",
        "prose": "data centres in US, Canada, Europe (Helsinki, Finland since 2025-07), Middle East; "
        "no customer-selectable region documented in anything seen",
        "choices": {"": {"note": "data centres in US, CA, FI and a country of the Middle East that is not named"}},
    },
    "togetherai": {
        "name": "Together AI",
        "id": "together",
        "prose": "not documented for serverless; no region selector",
        "choices": {"": {"note": "where it hosts is not documented"}},
    },
    "openrouter": {
        "name": "OpenRouter",
        "prose": "router: depends on upstream provider; eu.openrouter.ai keeps prompts in Europe "
        "(EU/EEA, UK and Switzerland) and us.openrouter.ai in the US",
        "choices": {
            "global": {"note": "a router: the provider behind it holds the data too"},
            "eu": processing(
                *EU, *EFTA, "GB", url="https://eu.openrouter.ai/api/v1", note="account metadata stays outside"
            ),
            "us": processing("US", url="https://us.openrouter.ai/api/v1", note="account metadata stays outside"),
        },
    },
    "replicate": {
        "name": "Replicate",
        "source": "api-evangelist/replicate @8489b80 (generated, not harvested)",
        "prose": "",
        "choices": {"": {"note": "where it hosts was not found"}},
    },
    "runpod": {
        "name": "RunPod",
        "source": RUNPOD["source"],
        "prose": "data centre chosen by customer: EU-CZ-1 EU-FR-1 EU-NL-1 EU-RO-1 EU-SE-1 (EU), EUR-IS-* EUR-NO-* "
        "(EEA), others",
        "choices": {
            "any": ANY,
            "community": {
                "note": "machines of third parties, who are not named",
                "unknown": ["name", "incorporatedIn", "controlledFrom"],
            },
            **{
                country.lower(): countries(country, note=f"data centres {codes}, whose codes name the country")
                for country, codes in RUNPOD["centres"].items()
            },
        },
    },
    "lambda": {
        "name": "Lambda",
        "source": "skypilot-catalog v9 lambda/vms.csv @2c3d7ea (region codes)",
        "prose": "regions europe-central-1, europe-south-1 and others; countries not named in the source",
        "choices": {code: lambda_region(code) for code in LAMBDA.split()},
    },
    "koyeb": {
        "name": "Koyeb",
        "prose": "regions chosen per service (Paris, Tokyo and others); which carry GPUs not seen",
        "choices": {
            "fra": countries("DE", note="Frankfurt", **KOYEB),
            "par": countries("FR", note="Paris", **KOYEB),
            "sin": countries("SG", note="Singapore", **KOYEB),
            "tyo": countries("JP", note="Tokyo", **KOYEB),
            "was": countries("US", note="Washington", **KOYEB),
        },
    },
}


def operator(vendor, country, unknown):
    laws = {"extraterritorialLaws": ["us-cloud-act"]} if country == "US" else {}
    facts = {
        "name": vendor,
        "incorporatedIn": country,
        "controlledFrom": [country],
        "isSubject": False,
        "commercial": True,
        **laws,
    }
    return {fact: value for fact, value in facts.items() if fact not in unknown}


rows = {}
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
    rows.setdefault(row["provider"], []).append(row)

out = []
for key, read in READ.items():
    first = rows[key][0]
    if {row["hosting_location"] for row in rows[key]} != {read["prose"]}:
        sys.exit(f"{key}: the list says something else about where it hosts; read it, then change READ")
    vendor = read.get("id", key)
    for choice, known in read["choices"].items():
        url = known.get("url") or first["base_url"]
        out.append(
            {
                "id": f"{vendor}-{choice}" if choice else vendor,
                "vendor": vendor,
                "service": {"api": "model-api", "router": "model-router", "gpu": "gpu-cloud"}[first["kind"]],
                **({"url": url} if url else {}),
                "facets": known.get("facets", {}),
                "operator": operator(read["name"], first["hq_country"], known.get("unknown", [])),
                "operatorBasis": first["hq_basis"],
                **({"lawSource": CLOUD_ACT} if first["hq_country"] == "US" else {}),
                "note": known["note"],
                "source": known.get("source") or read.get("source") or first["source"],
                "asOf": known.get("asOf", max(row["source_date"] for row in rows[key])),
            }
        )
out.sort(key=lambda row: row["id"])
print("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in out) + "\n]")
