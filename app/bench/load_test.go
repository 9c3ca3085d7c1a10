//go:build bench && linux

package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"strconv"
	"time"
)

// load is what wrk saw of a target. Latencies are in microseconds.
type load struct {
	Requests int64 `json:"requests"`
	Micros   int64 `json:"micros"` // how long it took
	P50      int64 `json:"p50"`
	P99      int64 `json:"p99"`
	Status   int64 `json:"status"` // answers of 400 and above
	Socket   int64 `json:"socket"` // failures to connect, write, read, and timeouts
}

// press has wrk post the requests of a file to address, from so many connections
// that each wait for an answer before they send again.
func press(address, file string, connections int, length time.Duration) (load, error) {
	var l load
	cmd := exec.Command("wrk", "-t1", "-c"+strconv.Itoa(connections), fmt.Sprintf("-d%ds", int(length.Seconds())),
		"--timeout", "30s", "-s", "testdata/post.lua", "http://"+address, "--", file)
	tie(cmd)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return l, fmt.Errorf("run wrk: %w: %s", err, out)
	}
	_, object, found := bytes.Cut(out, []byte("\nDONE "))
	if !found {
		return l, fmt.Errorf("wrk printed %q, expected a line of testdata/post.lua", out)
	}
	return l, json.Unmarshal(object, &l)
}
