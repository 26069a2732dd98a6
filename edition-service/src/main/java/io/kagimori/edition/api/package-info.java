/** The REST edge under {@code /api/v1}; writes become request records. */
package io.kagimori.edition.api;
