/** Results as build servers read them: JUnit's XML. */
@NullMarked
package dev.sardonyx.runtime.junit;

import org.jspecify.annotations.NullMarked;
