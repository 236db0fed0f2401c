package dev.sardonyx.processor.model;

import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;

/** What Model says, as far as it is written down. */
public record ModelMark(
    AnnotationMirror mirror, Optional<String> value, Optional<String> describedAs) {}
