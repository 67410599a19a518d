/*
 * What the client says in its notice line of its own accord: the escape key's menu and answers.
 */
#ifndef SKUA_SESSION_NOTICES_H
#define SKUA_SESSION_NOTICES_H

#include <stdint.h>

#include "session/escape.h"
#include "term/overlay/notice.h"

/* How long the answer to a command of the escape key is shown. */
#define NOTICES_ANSWER_MS 8000

/* Begin: "NAME: " before everything, and after what asks for it how to quit. */
void notices_start(struct notice *n, const char *name, const struct escape *e, uint64_t now_ms);

/* Show the menu if it is up, else take it, or what is in its place, away. */
void notices_menu(struct notice *n, const struct escape *e, uint64_t now_ms);

/* Show an answer; show what the commands are. */
void notices_answer(struct notice *n, const char *text, uint64_t now_ms);
void notices_help(struct notice *n, uint64_t now_ms);

#endif
