// SPDX-License-Identifier: Apache-2.0
// Since elfutils 0.192 (Debian 13), the static libraries of libelf and libdw call functions of its internal libeu,
// which is not installed (bug 32293 of elfutils). This file implements them. Older libraries don't call them, so
// nothing of this is linked.
// libeu's tree begins with the root that search.h uses, followed by a lock. The lock is not used here: this program
// calls both libraries in only one thread of a process at a time.
#include <search.h>

extern "C" {

using Compare = int (*)(const void*, const void*);
using FreeNode = void (*)(void*);

void eu_search_tree_init(void** root) { *root = nullptr; }
void* eu_tsearch(const void* key, void** root, Compare compare) { return tsearch(key, root, compare); }
void* eu_tfind(const void* key, void** root, Compare compare) { return tfind(key, root, compare); }
void* eu_tdelete(const void* key, void** root, Compare compare) { return tdelete(key, root, compare); }

void eu_tdestroy(void** root, FreeNode free_node) {
  tdestroy(*root, free_node);
  *root = nullptr;
}

void eu_search_tree_fini(void** root, FreeNode free_node) { eu_tdestroy(root, free_node); }
}
