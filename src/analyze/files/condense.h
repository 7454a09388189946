// SPDX-License-Identifier: Apache-2.0
// Fewer file rules, by rules of evidence. A rule is widened only where the recording shows that the part which varies
// does vary; rules with different permissions are never joined; all numbers below are constants of the .cpp files.
//
//  1. Own names (own_names.h): the part that a program made up itself varies.
//  2. /proc/PID/…: a process id, and every number below it, varies.
//  3. Numbers: 4 or more paths with the same permissions that differ in one number only → "[0-9]*".
//     Not in /etc and /proc/sys, where a number is part of a setting's name.
//  4. Directories: more than 16 files of one directory that are only read → "DIR/*"; 4 or more such directories in one
//     directory → "DIR/**" for what is only read there. Not in /etc, /root, /home, /proc, /sys, /dev (secrets and
//     settings lie there), and not for a directory of the root itself, such as /usr.
//  5. Suffixes: 4 or more files of one directory that are only read or mapped and end alike → "*.so*", "*.py".
//     Not where directories aren't condensed.
#pragma once

#include <map>
#include <string>

namespace profilegen {

/// Text with marks (glob_text.h) → permissions.
using FileTexts = std::map<std::string, std::string>;

/// Adds permissions to those that the text has already.
void allow(FileTexts& files, const std::string& text, const std::string& permissions);

/// Rules 3 to 5, in this order.
void condense(FileTexts& files);
void condense_numbers(FileTexts& files);
void condense_directories(FileTexts& files);
void condense_suffixes(FileTexts& files);

}  // namespace profilegen
