# SPDX-License-Identifier: Apache-2.0
# pod_security_check.py POD: checks a pod by the published rules of Kubernetes' pod security standard "restricted"
# (kubernetes.io/docs/concepts/security/pod-security-standards), which contain those of "baseline".
#
# A pod that is said to be admitted must be, and of another one the comments must name just the fields for which it is
# not. Then each rule is broken in a copy, in each container: the check must find it.
import copy
import sys

import yaml

VOLUMES = {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"}
SYSCTLS = {"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start",
           "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports",
           "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
           "net.ipv4.tcp_keepalive_probes"}
SELINUX = {None, "", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"}
PROFILES = {"RuntimeDefault", "Localhost"}
LISTS = ("initContainers", "containers", "ephemeralContainers")


def containers(spec):
    return [one for name in LISTS for one in spec.get(name) or []]


def context_of(holder):
    return holder.get("securityContext") or {}


def pod_violations(pod):
    spec, found = pod["spec"], set()
    for key in ("hostNetwork", "hostPID", "hostIPC"):
        if spec.get(key):
            found.add(key)
    for volume in spec.get("volumes") or []:
        if not VOLUMES & volume.keys() or "hostPath" in volume:
            found.add("volumes")
    for sysctl in context_of(spec).get("sysctls") or []:
        if sysctl["name"] not in SYSCTLS:
            found.add("sysctls")
    for key, value in (pod["metadata"].get("annotations") or {}).items():
        if key.startswith("container.seccomp.security.alpha.") and value == "unconfined":
            found.add("seccompProfile")
        if key.startswith("container.apparmor.security.beta.") and value == "unconfined":
            found.add("appArmorProfile")
    return found


def context_violations(context):
    """Of a pod's or a container's context: values that are forbidden in both."""
    found = set()
    if context.get("runAsNonRoot") is False:
        found.add("runAsNonRoot")
    if context.get("runAsUser") == 0:
        found.add("runAsUser")
    if "seccompProfile" in context and context["seccompProfile"].get("type") not in PROFILES:
        found.add("seccompProfile")
    if (context.get("appArmorProfile") or {}).get("type") not in PROFILES | {None}:
        found.add("appArmorProfile")
    options = context.get("seLinuxOptions") or {}
    if options.get("type") not in SELINUX or options.get("user") or options.get("role"):
        found.add("seLinuxOptions")
    if (context.get("windowsOptions") or {}).get("hostProcess"):
        found.add("hostProcess")
    return found


def container_violations(container, pod_context):
    context = context_of(container)
    found = context_violations(context)
    inherited = {**pod_context, **context}
    if inherited.get("runAsNonRoot") is not True:
        found.add("runAsNonRoot")
    if "seccompProfile" not in inherited:
        found.add("seccompProfile")
    if context.get("privileged"):
        found.add("privileged")
    if context.get("allowPrivilegeEscalation") is not False:
        found.add("allowPrivilegeEscalation")
    capabilities = context.get("capabilities") or {}
    if "ALL" not in (capabilities.get("drop") or []):
        found.add("capabilities.drop")
    if set(capabilities.get("add") or []) - {"NET_BIND_SERVICE"}:
        found.add("capabilities.add")
    if context.get("procMount") not in (None, "Default"):
        found.add("procMount")
    if any(port.get("hostPort") for port in container.get("ports") or []):
        found.add("hostPort")
    return found


def violations(pod):
    found = pod_violations(pod) | context_violations(context_of(pod["spec"]))
    for container in containers(pod["spec"]):
        found |= container_violations(container, context_of(pod["spec"]))
    return found


def said(text):
    """The fields that the comments name; None when they say that the pod is admitted."""
    lines = [line[2:] for line in text.splitlines() if line.startswith("# ")]
    if 'The pod security standard "restricted" admits this pod.' in lines:
        return None
    start = next(i for i, line in enumerate(lines) if "does not admit this pod" in line)
    return {line.strip().split(": ")[0].split(" of ")[0] for line in lines[start + 1:] if line.startswith("  ") and ": " in line}


def planted():
    """(field, what breaks it in a container's context or, where that is a pair, in the pod's spec)"""
    yield "runAsNonRoot", {"runAsNonRoot": False}
    yield "runAsNonRoot", {"runAsNonRoot": None}
    yield "runAsUser", {"runAsUser": 0}
    yield "seccompProfile", {"seccompProfile": {"type": "Unconfined"}}
    yield "seccompProfile", {"seccompProfile": None}
    yield "allowPrivilegeEscalation", {"allowPrivilegeEscalation": True}
    yield "allowPrivilegeEscalation", {"allowPrivilegeEscalation": None}
    yield "capabilities.drop", {"capabilities": {"drop": ["NET_RAW"]}}
    yield "capabilities.add", {"capabilities": {"drop": ["ALL"], "add": ["CHOWN"]}}
    yield "privileged", {"privileged": True}
    yield "procMount", {"procMount": "Unmasked"}
    yield "appArmorProfile", {"appArmorProfile": {"type": "Unconfined"}}
    yield "seLinuxOptions", {"seLinuxOptions": {"type": "spc_t"}}


def break_context(container, change):
    context = container.setdefault("securityContext", {})
    for key, value in change.items():
        context.pop(key, None)
        if value is not None:
            context[key] = value


def check_planted(pod):
    count = len(containers(pod["spec"]))
    for field, change in planted():
        for place in range(count):
            broken = copy.deepcopy(pod)
            break_context(containers(broken["spec"])[place], change)
            if field not in violations(broken):
                sys.exit(f"not found in container {place}: {change}")
    for field, key, value in (("volumes", "volumes", [{"name": "v", "hostPath": {"path": "/"}}]),
                              ("volumes", "volumes", [{"name": "v", "nfs": {}}]), ("hostPID", "hostPID", True),
                              ("hostNetwork", "hostNetwork", True), ("hostIPC", "hostIPC", True),
                              ("sysctls", "securityContext", {"sysctls": [{"name": "kernel.core_pattern"}]})):
        if field not in violations({**pod, "spec": {**pod["spec"], key: value}}):
            sys.exit(f"not found: {key}: {value}")


def main():
    text = open(sys.argv[1]).read()
    pod = yaml.safe_load(text)
    found, told = violations(pod), said(text)
    if found != (told or set()):
        sys.exit(f"found {sorted(found)}, but the comments say {told}")
    check_planted(pod)


main()
