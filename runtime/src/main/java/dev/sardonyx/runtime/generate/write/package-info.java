/** Java sources of recovered models, laid out as google-java-format leaves them. */
@NullMarked
package dev.sardonyx.runtime.generate.write;

import org.jspecify.annotations.NullMarked;
