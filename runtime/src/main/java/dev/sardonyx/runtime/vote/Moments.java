package dev.sardonyx.runtime.vote;

/** The mean and the mean squared distance from it. */
record Moments(double mean, double variance) {
  static Moments of(Exact x, Region region, long group) {
    long count = region.count();
    double sum = 0;
    for (long i = 0; i < count; i++) {
      sum += x.at(region.index(group, i));
    }
    double mean = sum / count;
    double squares = 0;
    for (long i = 0; i < count; i++) {
      double off = x.at(region.index(group, i)) - mean;
      squares += off * off;
    }
    return new Moments(mean, squares / count);
  }

  double normalised(double value, double epsilon) {
    return (value - mean) / Math.sqrt(variance + epsilon);
  }
}
