// Package bench measures Shopbell beside its peers and its store beside the
// disk, all in one run; "make bench" prints the tables. It has tests only, with
// the build tag bench: start with TestBench in bench_test.go. hot_test.go is the
// way of a delivery through the real program, store_test.go is the store alone,
// goals_test.go holds the limits and says which are met. On demand only:
// fault_test.go is what happens when disk, network, clock or shop fail,
// soak_test.go what stays flat under a mixed load for minutes, window_test.go is
// the real window on a display of its own, beside a window of the toolkit's.
//
// Figures of one run compare with each other and with nothing else: targets take
// turns in each round, ratios are made per round, and each table tells how much
// of the processor others took. It reads /proc, so it runs on Linux.
package bench
