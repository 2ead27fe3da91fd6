// SPDX-License-Identifier: MIT
// Reads a fixture from standard input and prints the last line of its golden file, computed on this machine.
#include <stdint.h>
#include <stdio.h>

void posture_scale(double acceleration, double angular_velocity);
void posture_feed(int64_t, int16_t, int16_t, int16_t, int16_t, int16_t, int16_t);
uint64_t posture_checksum(void);

int main(void) {
  char line[4096];
  double acceleration = 0, angular_velocity = 0;
  unsigned long samples = 0;
  while (fgets(line, sizeof line, stdin)) {
    long long time;
    int v[6];
    sscanf(line, "# acceleration: %lf LSB/g", &acceleration);
    sscanf(line, "# angular-velocity: %lf LSB/dps", &angular_velocity);
    if (line[0] == 't') posture_scale(acceleration, angular_velocity);
    if (line[0] == '#' || line[0] == 't') continue;
    if (sscanf(line, "%lld,%d,%d,%d,%d,%d,%d", &time, v, v + 1, v + 2, v + 3, v + 4, v + 5) != 7) return 1;
    posture_feed(time, v[0], v[1], v[2], v[3], v[4], v[5]);
    samples++;
  }
  printf("# %lu samples, checksum of up %016llx\n", samples, (unsigned long long)posture_checksum());
  return 0;
}
