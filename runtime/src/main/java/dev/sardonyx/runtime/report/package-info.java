/** What was found about a model as one page that needs nothing else. */
@NullMarked
package dev.sardonyx.runtime.report;

import org.jspecify.annotations.NullMarked;
