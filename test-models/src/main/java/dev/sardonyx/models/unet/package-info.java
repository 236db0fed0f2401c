/** Images to masks. Source: Ronneberger et al., U-Net. */
@NullMarked
package dev.sardonyx.models.unet;

import org.jspecify.annotations.NullMarked;
