package dev.sardonyx.processor.follow;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;

/**
 * Something to say of an expression.
 *
 * @param text as the compiler prints it: the first line is the message, the others its details
 */
public record Finding(CompilationUnitTree unit, Tree tree, String text) {}
