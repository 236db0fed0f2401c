/** Small models as PyTorch tutorials print them; each has golden data from PyTorch in the tests. */
@NullMarked
package dev.sardonyx.models;

import org.jspecify.annotations.NullMarked;
