/**
 * Plain libtorch as one more engine, to compare times with: its operators called one after the
 * other, as a Java program without any compiler would. Built by the profile {@code libtorch} alone.
 */
@NullMarked
package dev.sardonyx.models.libtorch;

import org.jspecify.annotations.NullMarked;
