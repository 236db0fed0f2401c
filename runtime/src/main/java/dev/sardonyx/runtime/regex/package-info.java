/**
 * Regular expressions of RE2's syntax, matched in time linear in the text: no pattern can make a
 * run hang.
 */
@NullMarked
package dev.sardonyx.runtime.regex;

import org.jspecify.annotations.NullMarked;
