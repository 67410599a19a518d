/*
 * The 16-bit millisecond timestamps of a packet. They wrap every 65.5 s by design; all arithmetic
 * on them is here.
 */
#ifndef SKUA_NET_DATAGRAM_TIMESTAMP_H
#define SKUA_NET_DATAGRAM_TIMESTAMP_H

#include <stdint.h>

#define TIMESTAMP_NONE 0xFFFF

/* The timestamp of a time: its low 16 bits, and 0 where these would say TIMESTAMP_NONE. */
uint16_t timestamp_of(uint64_t now_ms);

/* A timestamp moved into the future or the past. It may come out as TIMESTAMP_NONE, and is lost. */
uint16_t timestamp_later(uint16_t timestamp, uint64_t by_ms);
uint16_t timestamp_earlier(uint16_t timestamp, uint64_t by_ms);

/* Milliseconds from our own timestamp until now, 0..65535: a longer time looks shorter. */
uint16_t timestamp_age_ms(uint16_t echoed, uint64_t now_ms);

#endif
