package dev.loadstar.quality;

import dev.loadstar.core.quality.QualityResult.Looked;

/**
 * A figure and how it came about.
 *
 * @param followed whether it was computed from that of the star before
 */
record FollowedFigure(int slot, boolean followed) {
  static FollowedFigure ofAll(int slot) {
    return new FollowedFigure(slot, false);
  }

  Looked looked() {
    return followed ? Looked.CHANGE : Looked.ALL;
  }
}
