#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""comment.py FILE: posts the Markdown in FILE as a comment on the job's pull or merge request. Replaces the comment of an
earlier run for the same profile. Does nothing without a request or without a token.

GitHub: GITHUB_TOKEN with the permission pull-requests: write. GitLab: PROFILEGEN_TOKEN, a token with the scope api.
"""
import json
import os
import re
import sys
import urllib.request


def call(method, url, headers, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **headers}, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def github():
    """URL of the list of comments, base URL of a comment, method to change it, headers; or None."""
    pull = re.fullmatch(r"refs/pull/(\d+)/merge", os.environ.get("GITHUB_REF", ""))
    token = os.environ.get("GITHUB_TOKEN")
    if not pull or not token:
        return None
    issues = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/issues"
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/vnd.github+json"}
    return f"{issues}/{pull[1]}/comments", f"{issues}/comments", "PATCH", headers


def gitlab():
    request, token = os.environ.get("CI_MERGE_REQUEST_IID"), os.environ.get("PROFILEGEN_TOKEN")
    if not request or not token:
        return None
    notes = f"{os.environ['CI_API_V4_URL']}/projects/{os.environ['CI_PROJECT_ID']}/merge_requests/{request}/notes"
    return notes, notes, "PUT", {"PRIVATE-TOKEN": token}


def earlier(comments, headers, marker):
    for page in range(1, 101):
        found = call("GET", f"{comments}?per_page=100&page={page}", headers)
        for comment in found:
            if comment["body"].startswith(marker):
                return comment["id"]
        if len(found) < 100:
            break
    return None


def main():
    forge = github() or gitlab()
    if forge is None:
        print("comment.py: no request to comment on, or no token")
        return
    comments, one, change, headers = forge
    marker = f"<!-- profilegen {os.environ.get('PROFILEGEN_PROFILE', 'profiles/app')} -->"
    with open(sys.argv[1], encoding="utf-8", errors="replace") as file:
        body = {"body": f"{marker}\n{file.read()}"}
    known = earlier(comments, headers, marker)
    if known is None:
        call("POST", comments, headers, body)
    else:
        call(change, f"{one}/{known}", headers, body)


main()
