// SPDX-License-Identifier: MIT
// vqf_cost SAMPLES.csv RUNS: nanoseconds a sample that VQF and BasicVQF take, each the median of several runs over
// samples in memory. Built against the C++ that comes with the Python package.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "basicvqf.hpp"
#include "vqf.hpp"

struct Sample {
  vqf_real_t acceleration[3];
  vqf_real_t angularVelocity[3];
};

static std::vector<Sample> read(const char *path, double &interval) {
  std::FILE *file = std::fopen(path, "r");
  if (!file) {
    std::perror(path);
    std::exit(66);
  }
  std::vector<Sample> samples;
  long long first = 0, last = 0;
  Sample s;
  (void)!std::fscanf(file, "%*[^\n]");
  while (std::fscanf(file, "%lld,%lf,%lf,%lf,%lf,%lf,%lf", &last, &s.acceleration[0], &s.acceleration[1],
                     &s.acceleration[2], &s.angularVelocity[0], &s.angularVelocity[1], &s.angularVelocity[2]) == 7) {
    if (samples.empty()) first = last;
    samples.push_back(s);
  }
  std::fclose(file);
  if (samples.size() < 1000) {
    std::fprintf(stderr, "%s: found %zu samples, expected a thousand or more\n", path, samples.size());
    std::exit(65);
  }
  interval = 1e-6 * double(last - first) / double(samples.size() - 1);
  return samples;
}

template <class Filter>
static double cost(const std::vector<Sample> &samples, double interval, int runs, double &sum) {
  std::vector<double> times;
  for (int run = 0; run <= runs; run++) {
    Filter filter(interval);
    auto start = std::chrono::steady_clock::now();
    for (const Sample &s : samples) {
      vqf_real_t quaternion[4];
      filter.update(s.angularVelocity, s.acceleration);
      filter.getQuat6D(quaternion);
      sum += quaternion[0];
    }
    std::chrono::duration<double, std::nano> elapsed = std::chrono::steady_clock::now() - start;
    // The first run warms up.
    if (run > 0) times.push_back(elapsed.count() / double(samples.size()));
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

int main(int count, char **words) {
  int runs = count == 3 ? std::atoi(words[2]) : 0;
  if (runs < 1) {
    std::fprintf(stderr, "usage: vqf_cost SAMPLES.csv RUNS\n");
    return 64;
  }
  double interval, sum = 0;
  std::vector<Sample> samples = read(words[1], interval);
  double full = cost<VQF>(samples, interval, runs, sum);
  double basic = cost<BasicVQF>(samples, interval, runs, sum);
  // Used, so that the optimiser cannot leave the work out.
  if (sum != sum) return 70;
  std::printf("%.1f %.1f\n", full, basic);
  return 0;
}
