// One painting at a time.

/** Makes a call of an action that is called again once it is done, where that was asked for meanwhile. One that throws does not stop later ones. */
export function repeatWhileStale(act: () => Promise<void>): () => void {
  let [isActing, isStale] = [false, false];
  const repeat = async () => {
    isActing = true;
    while (isStale) {
      isStale = false;
      await act().catch((error: unknown) => reportError(error));
    }
    isActing = false;
  };
  return () => {
    isStale = true;
    if (!isActing) void repeat();
  };
}
