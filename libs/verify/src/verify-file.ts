/** One door for every file that `socai verify` and the page are given: a document as PDF, or what is presented of one. */
import { isPresentation } from './presentation-mark.js';
import type { VerificationResult } from './result.js';
import type { PresentationResult } from './verify-presentation.js';
import { verifyTranscript, type VerifyOptions } from './verify-transcript.js';

export interface VerifyFileOptions extends VerifyOptions {
  /** Who verifies, as a presentation made for them names them. */
  readonly audience?: string;
}

/** The verdict on a file; of a presentation with what it shows. Never throws for anything that the file may hold. */
export async function verifyFile(
  options: VerifyFileOptions,
): Promise<VerificationResult | PresentationResult> {
  if (!isPresentation(options.file)) return verifyTranscript(options);
  // Loaded when one comes: a page and a command that verify a PDF start sooner without it.
  const { verifyPresentation } = await import('./verify-presentation.js');
  return verifyPresentation(options);
}
