/**
 * Events for JDK Flight Recorder: {@code dev.sardonyx.Open}, {@code dev.sardonyx.Run} and, where
 * they are enabled, {@code dev.sardonyx.Node}. A JVM without the module jdk.jfr does without.
 */
@NullMarked
package dev.sardonyx.runtime.flight;

import org.jspecify.annotations.NullMarked;
