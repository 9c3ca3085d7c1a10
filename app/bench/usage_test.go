//go:build bench && linux

package bench

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// tick is the unit of processor time in /proc: USER_HZ, 100 a second on every
// system that Go runs on.
const tick = 10 * time.Millisecond

// usage is what all processes and the machine had used at a moment, in ticks.
type usage struct {
	parent map[int]int
	used   map[int]int64 // by process, with the children that it waited for
	busy   int64         // of the machine, for programs and by other machines on the same host
	all    int64         // of the machine, idle time included
}

// readUsage reads /proc/stat and /proc/PID/stat, see proc(5).
func readUsage() (usage, error) {
	u := usage{parent: map[int]int{}, used: map[int]int64{}}
	machine, err := os.ReadFile("/proc/stat")
	if err != nil {
		return u, err
	}
	first, _, _ := bytes.Cut(machine, []byte("\n"))
	// user nice system idle iowait irq softirq steal guest guest_nice; guests are in user.
	for i, n := range numbers(strings.Fields(string(first))[1:9]) {
		u.all += n
		if slices.Contains([]int{0, 1, 2, 7}, i) {
			u.busy += n
		}
	}
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return u, err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			continue // it has ended
		}
		pid, rest := strings.TrimPrefix(filepath.Dir(file), "/proc/"), string(text)
		fields := strings.Fields(rest[strings.LastIndex(rest, ")")+1:]) // the name may have spaces
		id := int(numbers([]string{pid})[0])
		u.parent[id] = int(numbers(fields[1:2])[0])
		for _, n := range numbers(fields[11:15]) { // utime stime cutime cstime
			u.used[id] += n
		}
	}
	return u, nil
}

// numbers reads whole numbers; what is none counts as 0.
func numbers(fields []string) []int64 {
	list := make([]int64, len(fields))
	for i, f := range fields {
		list[i], _ = strconv.ParseInt(f, 10, 64)
	}
	return list
}

// tree returns root and all below it.
func (u usage) tree(root int) []int {
	list := []int{root}
	for child, parent := range u.parent {
		if parent == root {
			list = append(list, u.tree(child)...)
		}
	}
	return list
}

// of returns the processor time of root and all below it.
func (u usage) of(root int) time.Duration {
	total := int64(0)
	for _, id := range u.tree(root) {
		total += u.used[id]
	}
	return time.Duration(total) * tick
}

// foreign is the share of the machine's processors that was used since before
// and not by this process and all below it.
func (u usage) foreign(before usage) float64 {
	others := u.busy - before.busy - int64((u.of(os.Getpid())-before.of(os.Getpid()))/tick)
	return max(0, float64(others)/float64(max(1, u.all-before.all)))
}

// memory is how much memory processes hold, in bytes: anon is what is no
// file's (RssAnon), peak the most they ever held with files (VmHWM).
type memory struct{ anon, peak int64 }

func readMemory(ids []int) memory {
	var m memory
	for _, id := range ids {
		text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", id)) // none when it has ended
		for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
			f := strings.Fields(lines.Text())
			switch {
			case len(f) > 1 && f[0] == "RssAnon:":
				m.anon += numbers(f[1:2])[0] << 10
			case len(f) > 1 && f[0] == "VmHWM:":
				m.peak += numbers(f[1:2])[0] << 10
			}
		}
	}
	return m
}

// watchMemory returns the largest of each until done is closed.
func watchMemory(ids []int, done <-chan struct{}) memory {
	most := readMemory(ids)
	for {
		select {
		case <-done:
			return most
		case <-time.After(50 * time.Millisecond):
			now := readMemory(ids)
			most = memory{max(most.anon, now.anon), max(most.peak, now.peak)}
		}
	}
}
