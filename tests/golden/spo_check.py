# SPDX-License-Identifier: Apache-2.0
# spo_check.py SCHEMA RESOURCE: checks the resource with the schema of the operator's custom resource definition.
import json
import sys

import jsonschema
import yaml

schema = json.load(open(sys.argv[1]))
resource = yaml.safe_load(open(sys.argv[2]))
jsonschema.validate(resource, schema)
# Proves that the check can fail: an errno as text must be refused.
resource["spec"]["syscalls"].append({"action": "SCMP_ACT_ERRNO", "names": ["read"], "errnoRet": "38"})
try:
    jsonschema.validate(resource, schema)
except jsonschema.ValidationError:
    sys.exit(0)
sys.exit("an errnoRet that is text was taken")
