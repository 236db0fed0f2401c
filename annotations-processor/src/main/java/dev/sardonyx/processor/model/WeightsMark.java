package dev.sardonyx.processor.model;

import javax.lang.model.element.AnnotationMirror;

/** What Weights says. */
public record WeightsMark(AnnotationMirror mirror, String file, boolean cast, boolean partial) {}
