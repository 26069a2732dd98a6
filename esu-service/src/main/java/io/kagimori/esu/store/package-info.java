/** The PostgreSQL edge: set-wise SQL for the batch step, entities for reading. */
package io.kagimori.esu.store;
