package io.kagimori.stream;

import java.util.UUID;

/**
 * What was decided on a request, as it is kept.
 *
 * @param requestId the request
 * @param contentId stands for what the request said
 * @param decided answers and facts
 */
record Outcome(UUID requestId, UUID contentId, Decided decided) {}
