//go:build bench && linux

package bench

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// The test binary plays other processes: the variable names the role, its
// arguments are those of the role.
const roleVariable = "SHOPBELL_BENCH_ROLE"

// play plays a role and returns the exit code. Servers do not return; tasks
// print their result as JSON.
func play(role string) int {
	var result any
	var err error
	switch role {
	case "shop":
		err = serveShop(os.Args[1])
	case "tuned", "plain":
		err = serveProxy(role, os.Args[1], os.Args[2])
	case "write":
		result, err = task(write)
	case "fill":
		result, err = task(fill)
	case "look":
		result, err = task(look)
	case "search":
		result, err = task(search)
	case "retain":
		result, err = task(retain)
	case "program":
		return playProgram(os.Args[1], os.Args[2:])
	case "clock":
		result, err = task(jumpBack)
	default:
		err = fmt.Errorf("the role is %q, expected one of this file", role)
	}
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(result)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 3
	}
	return 0
}

// task runs work with the argument of this process.
func task[Argument, Result any](work func(Argument) (Result, error)) (Result, error) {
	var a Argument
	if err := json.Unmarshal([]byte(os.Args[1]), &a); err != nil {
		var none Result
		return none, err
	}
	return work(a)
}

// role is a process of this binary that plays a role.
func role(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), roleVariable+"="+name)
	return cmd
}

// ask has a process of its own do a task, and fails the test if it cannot.
func ask[Result any](t *testing.T, name string, argument any) Result {
	t.Helper()
	text, err := json.Marshal(argument)
	if err != nil {
		t.Fatal(err)
	}
	cmd := role(t, name, string(text))
	cmd.Stderr = os.Stderr
	tie(cmd)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("the task %s %s: %v", name, text, err)
	}
	var r Result
	if err := json.Unmarshal(out, &r); err != nil {
		t.Fatalf("the task %s printed %q, expected JSON: %v", name, out, err)
	}
	return r
}
