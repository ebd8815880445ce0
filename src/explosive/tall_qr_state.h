/*
 * tall_qr_state.h - the triangle of a QR factorisation of many rows, in blocks
 *
 * A library's factorisation of a matrix with millions of rows cannot be
 * cancelled, and strides through memory.  Rows are taken here one by one; as
 * soon as a block is full, it is factorised together with the triangle of
 * those before it, by Householder reflections:
 *
 *	 R R R		of all rows before		R R R
 *	   R R						=>		  R R
 *		 R								    R
 *	 x x x		rows of the block
 *	 x x x
 *
 * That is as accurate as one factorisation of all rows, and needs room for a
 * block only.
 *
 * Reference: J. Demmel, L. Grigori, M. Hoemmen, J. Langou, Communication-
 * optimal parallel and sequential QR and LU factorizations, SIAM Journal on
 * Scientific Computing 34(1), 2012.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#ifndef BUBBLE_TALL_QR_STATE_H
#define BUBBLE_TALL_QR_STATE_H

#define TALL_QR_BLOCK 256

typedef struct TallQr
{
	int			columns;
	int			rows;			/* in "row", the triangle's included */
	double	   *row;			/* columns + TALL_QR_BLOCK of them */
	double	   *tau;
} TallQr;

extern void TallQrInit(TallQr *qr, int columns);
extern double *TallQrAdd(TallQr *qr);
extern const double *TallQrTriangle(TallQr *qr);

#endif							/* BUBBLE_TALL_QR_STATE_H */
