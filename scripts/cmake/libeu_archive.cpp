// SPDX-License-Identifier: Apache-2.0
// Since elfutils 0.192 (Debian 13) the archives of libelf and libdw call what only its internal libeu has, which nobody
// installs: bug 32293 of elfutils. Older archives don't call this, and then nothing of it is linked.
// A tree there is a structure that begins with the root of search.h's, with a lock behind it. The lock is not touched
// here: this program uses both libraries in one thread of a process at a time.
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
