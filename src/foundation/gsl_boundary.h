/*
 * gsl_boundary.h - the only place where GSL's failures become ours
 *
 * GSL's default error handler aborts, which would take the whole server
 * down.  InitGsl() turns it off; from then on each GSL call that can fail
 * reports a status, and CheckGsl() turns a bad one into an ERROR.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_GSL_BOUNDARY_H
#define BUBBLE_GSL_BOUNDARY_H

extern void InitGsl(void);
extern void CheckGsl(int status, const char *computing);
extern void EnsureGslMemory(size_t bytes);
extern void *KeepGslObject(void *object, void (*release) (void *object));

#endif							/* BUBBLE_GSL_BOUNDARY_H */
