/**
 * The laws that every model keeps, as JUnit 5 tests to inherit. The only package that needs JUnit's
 * api, which a user's tests have anyway.
 */
@NullMarked
package dev.sardonyx.runtime.contract;

import org.jspecify.annotations.NullMarked;
