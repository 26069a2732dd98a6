package io.kagimori.edition.domain;

import io.kagimori.contracts.event.AgreementState;
import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.ReimageOverrideRequested;
import java.util.List;

/**
 * Everything a re-imaging decision looks at.
 *
 * @param asked the request
 * @param device what is known of the device
 * @param image the image; null where it is not registered
 * @param agreement the agreement; null where none is named or known
 * @param overrides recorded overrides that may fit
 */
public record ReimageCase(
    EditionReimageRequested asked,
    DeviceEdition device,
    Image image,
    AgreementState agreement,
    List<ReimageOverrideRequested> overrides) {}
