// Package console is the program without a window: its commands. Start at Run;
// each command has a file of its own name, and its struct is its flags.
//
// Results go to stdout and talk to stderr. Whatever came over the network is
// cleaned of control characters before it is printed as text.
package console

import (
	"context"
	"io"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands is the grammar: every command and the flags that all of them take.
type commands struct {
	Config  *string          `help:"Settings file; the platform's own place when left out." placeholder:"FILE"`
	Data    *string          `help:"Folder with the captures; the platform's own place when left out." placeholder:"DIR"`
	Version kong.VersionFlag `help:"Print the version and leave."`

	Serve     serveCommand     `cmd:"" help:"Receive deliveries without a window."`
	Demo      demoCommand      `cmd:"" help:"Show the whole job on this machine in seconds: no account, no shop needed."`
	Providers providersCommand `cmd:"" help:"List the known providers, or show one in full."`
	Verify    verifyCommand    `cmd:"" help:"Judge a raw HTTP request."`
	Sign      signCommand      `cmd:"" help:"Sign a raw HTTP request afresh."`
	Send      sendCommand      `cmd:"" help:"Send a signed sample."`
	List      listCommand      `cmd:"" help:"List captures, newest first."`
	Show      showCommand      `cmd:"" help:"Show one capture."`
	Export    exportCommand    `cmd:"" help:"Print captures in a form for other programs."`
	Compare   compareCommand   `cmd:"" help:"Compare two captures, or two answers of the shop, by meaning and by bytes."`
	Watch     watchCommand     `cmd:"" help:"Print captures and deliveries as they come."`
	Replay    replayCommand    `cmd:"" help:"Send captures to the shop again."`
	Rehearse  rehearseCommand  `cmd:"" help:"Find out whether the shop survives duplicates, retries, reordering and forged deliveries; end with 1 when it does not."`
	Queue     queueCommand     `cmd:"" help:"Show, pause or hurry what accept endpoints deliver from their queues."`
	Doctor    doctorCommand    `cmd:"" help:"Examine the set-up: settings, secrets, tunnel, shop, store, disk, clock; end with 1 when something is bad."`
	Store     storeCommand     `cmd:"" help:"Check, compact, back up and restore what is kept."`
}

// Run runs one command. args are without the program's name, env is in the form
// of os.Environ. The result is the exit code: 0 good, 1 the answer is no,
// 2 wrong use or wrong settings, 3 a failure of our own. An interrupt ends ctx
// for the command; a second one ends the process.
func Run(ctx context.Context, args []string, env []string, stdin io.Reader, stdout, stderr io.Writer, version string) int {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)

	s := newSession(ctx, env, stdin, stdout, stderr)
	s.version = version
	var cmds commands
	command, done, err := parse(&cmds, args, stdout, stderr, version)
	if done {
		return exitGood
	}
	if err != nil {
		return wrongGrammar(s, args, err)
	}
	if err := s.take(cmds.Config, cmds.Data); err != nil {
		return s.finish(err)
	}
	if command.Command() != "doctor" { // which goes on to look at the rest
		if err := s.named(); err != nil {
			return s.finish(err)
		}
	}
	return s.finish(command.Run(s))
}

// parse reads args. done is true when help or the version was asked for and
// has been printed.
func parse(cmds *commands, args []string, stdout, stderr io.Writer, version string) (command *kong.Context, done bool, err error) {
	parser, err := kong.New(cmds,
		kong.Name("shopbell"),
		kong.Description("Shopbell receives webhooks, says whether their signature holds and why, and passes them to your shop."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { done = true }),
		kong.Vars{"version": "shopbell " + version},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
	)
	if err != nil {
		return nil, false, err
	}
	command, err = parser.Parse(args)
	return command, done, err
}
