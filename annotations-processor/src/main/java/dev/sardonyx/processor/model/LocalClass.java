package dev.sardonyx.processor.model;

import javax.lang.model.element.Element;

/** A class inside a method or initializer that carries an annotation of ours, and which. */
public record LocalClass(Element within, String name, String annotation, int line) {}
