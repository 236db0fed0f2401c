package dev.sardonyx.runtime.machine.assembler;

/**
 * Where an opcode of a vector instruction lives: its map (0F, 0F 38, 0F 3A) and what stands for the
 * legacy prefix (none, 66, F3, F2).
 */
enum Space {
  NP_0F(1, 0),
  P66_0F(1, 1),
  F3_0F(1, 2),
  F2_0F(1, 3),
  NP_0F38(2, 0),
  P66_0F38(2, 1),
  F3_0F38(2, 2),
  F2_0F38(2, 3),
  NP_0F3A(3, 0),
  P66_0F3A(3, 1);

  final int map;
  final int prefix;

  Space(int map, int prefix) {
    this.map = map;
    this.prefix = prefix;
  }
}
