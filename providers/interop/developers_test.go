package interop

import (
	"github.com/PagerDuty/go-pagerduty/webhookv3"
	"github.com/buildkite/go-buildkite/v4"
	"github.com/go-playground/webhooks/v6/gitea"
	"github.com/go-playground/webhooks/v6/gitlab"
	"github.com/go-playground/webhooks/v6/gogs"
	"github.com/google/go-github/v84/github"

	"shopbell/providers/signature"
)

func developerLibraries() []library {
	push := func(name, event string) []signature.Field { return []signature.Field{{Name: name, Value: event}} }
	return []library{
		{provider: "github", module: "go-github", secret: "It's a Secret to Everybody", judge: byGitHub("X-Hub-Signature-256")},
		{provider: "github_sha1", module: "go-github", secret: "It's a Secret to Everybody", judge: byGitHub("X-Hub-Signature")},
		{provider: "bitbucket", module: "go-github", secret: "bitbucket secret", judge: byGitHub("X-Hub-Signature")},
		{provider: "jira", module: "go-github", secret: "jira secret", judge: byGitHub("X-Hub-Signature")},
		{provider: "facebook_graph_api", module: "go-github", secret: "app secret", judge: byGitHub("X-Hub-Signature-256")},
		{provider: "whatsapp", module: "go-github", secret: "app secret", judge: byGitHub("X-Hub-Signature-256")},
		{provider: "gitlab", module: "go-playground/webhooks", secret: "gitlab token", body: `{"object_kind":"push"}`,
			header: push("X-Gitlab-Event", "Push Hook"), judge: func(d delivery) error {
				hook, err := gitlab.New(gitlab.Options.Secret(d.secret))
				if err != nil {
					return err
				}
				_, err = hook.Parse(d.request(), gitlab.PushEvents)
				return err
			}},
		{provider: "gitea", module: "go-playground/webhooks", secret: "gitea secret", body: `{"ref":"refs/heads/main"}`,
			header: push("X-Gitea-Event", "push"), judge: func(d delivery) error {
				hook, err := gitea.New(gitea.Options.Secret(d.secret))
				if err != nil {
					return err
				}
				_, err = hook.Parse(d.request(), gitea.PushEvent)
				return err
			}},
		{provider: "gogs", module: "go-playground/webhooks", secret: "gogs secret", body: `{"ref":"refs/heads/main"}`,
			header: push("X-Gogs-Event", "push"), judge: func(d delivery) error {
				hook, err := gogs.New(gogs.Options.Secret(d.secret))
				if err != nil {
					return err
				}
				_, err = hook.Parse(d.request(), gogs.PushEvent)
				return err
			}},
		{provider: "buildkite", module: "go-buildkite", secret: "29b1ff5779c76bd48ba6705eb99ff970", judge: func(d delivery) error {
			_, err := buildkite.ValidatePayload(d.request(), []byte(d.secret))
			return err
		}},
		{provider: "pagerduty", module: "go-pagerduty", secret: "lDQHScfUeXUKaQRNF+8XIiDKZ7XX3itBAYzwU0TARw8lJqRnkKl2iB1anSb0Z+IK", judge: func(d delivery) error {
			return webhookv3.VerifySignature(d.request(), d.secret)
		}},
	}
}

// byGitHub judges the form of signature that GitHub made common.
func byGitHub(name string) func(delivery) error {
	return func(d delivery) error { return github.ValidateSignature(d.get(name), d.Body, []byte(d.secret)) }
}
