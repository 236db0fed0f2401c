package dev.sardonyx.processor.model;

/** A model that an earlier compilation registered in the same output folder. */
public record Registration(String name, String canonicalClassName) {}
