// SPDX-License-Identifier: Apache-2.0
// Makes fewer file rules. A part of a path is widened only where the recording shows that this part varies. Rules with
// different permissions are never joined. All numbers below are constants in the .cpp files.
//
//  1. Own names (own_names.h): the part of a name that the program made up varies.
//  2. /proc/PID/…: the process id varies, and every number below it.
//  3. Numbers: 4 or more paths with the same permissions that differ in only one number → "[0-9]*".
//     Not in /etc and /proc/sys, where a number is part of a setting's name.
//  4. Directories: more than 16 files in a directory that are only read → "DIR/*"; 4 or more such directories in one
//     directory → "DIR/**" for what is only read there. Not in /etc, /root, /home, /proc, /sys and /dev (secrets and
//     settings), and not for a directory in the root itself, such as /usr.
//  5. Suffixes: 4 or more files in a directory that are only read or mapped and have the same ending → "*.so*", "*.py".
//     Not where rule 4 does not apply.
#pragma once

#include <map>
#include <string>

namespace profilegen {

/// Path with marks (glob_text.h) → permissions.
using FileTexts = std::map<std::string, std::string>;

/// Adds permissions to those that the path already has.
void allow(FileTexts& files, const std::string& text, const std::string& permissions);

/// Applies rules 3 to 5, in this order.
void condense(FileTexts& files);
void condense_numbers(FileTexts& files);
void condense_directories(FileTexts& files);
void condense_suffixes(FileTexts& files);

}  // namespace profilegen
