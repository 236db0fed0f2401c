package dev.sardonyx.processor.model;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;

/** An Input on a parameter of something that is no Forward method. */
public record StrayInput(Element parameter, AnnotationMirror mirror, String method) {}
